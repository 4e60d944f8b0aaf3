"""Mails to patients: letters, the outbox that remembers them, and the transports that send them."""
