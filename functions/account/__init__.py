"""account.*: profile, sessions, privacy, notifications and other settings of an account."""
