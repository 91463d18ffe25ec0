"""https://core.telegram.org/api/updates: state and differences."""
