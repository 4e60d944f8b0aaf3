"""Brands: ``_brand.yml`` files with what they extend, read into the values that the press works with."""
