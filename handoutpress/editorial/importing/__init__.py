"""An article becomes the draft of a handout: read into blocks, sorted into parts, written as YAML with its doubts."""
