"""smsjobs.*: peer-to-peer SMS sign-in, which this server never asks its users for."""
