"""Out of the door: mails to patients, the outbox that remembers them, and the ways to send them."""
