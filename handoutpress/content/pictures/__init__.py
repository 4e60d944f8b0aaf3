"""The pictures of handouts: found in the project's folder, read, and measured at the size at which they print."""
