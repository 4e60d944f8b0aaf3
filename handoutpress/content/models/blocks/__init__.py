"""The blocks of a handout's body, one module a type: what each holds, and what is wrong in it."""
