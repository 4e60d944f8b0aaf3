"""Objects by name where several machines reach them: each is put once, whole, and never changed."""
