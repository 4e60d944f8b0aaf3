"""The site that codes lead to: pages rendered once and filled in for each clinic, and the watch over them."""
