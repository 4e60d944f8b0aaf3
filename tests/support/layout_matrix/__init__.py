"""The layout matrix: what clinics write and bring, in every length and shape, printed in every format and proved."""
