"""What a prompt may ask for, as data: the wish that it becomes, the words that it may use, and the sets."""
