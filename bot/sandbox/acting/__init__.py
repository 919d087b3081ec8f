"""What people do, a file a kind of act."""
