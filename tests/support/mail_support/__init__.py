"""What the tests of mails share: letters, a mail server, a terminal, and the search for patients in what they wrote."""
