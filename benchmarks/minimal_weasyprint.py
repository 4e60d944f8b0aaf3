"""The least that prints a page with WeasyPrint: what our own process is measured against."""

import sys

import weasyprint

if __name__ == "__main__":
    weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
