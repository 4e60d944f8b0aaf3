"""What a person writes or pastes: our small Markdown, pasted lists, markup that is not ours, and words to be seen."""
