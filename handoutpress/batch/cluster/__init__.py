"""One build on many machines: units that any machine may make, a receipt for each, and the PDFs fetched at last."""
