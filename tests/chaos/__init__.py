"""What survives when parts are killed."""
