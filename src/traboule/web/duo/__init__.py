"""Pages that the two people of a duo have in common: by a link of a message, or signed in."""
