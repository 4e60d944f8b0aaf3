"""What is printed, as readers give it back, and samples of what may be."""
