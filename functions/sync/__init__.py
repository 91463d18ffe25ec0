"""Work that follows a commit: other accounts' boxes."""
