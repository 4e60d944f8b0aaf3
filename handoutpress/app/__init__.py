"""The Python API: what the command line calls, and the one place that wires the parts together. Nothing here prints.

Each function takes keywords, sends events to a reporter where it lasts, and gives a value back.
"""
