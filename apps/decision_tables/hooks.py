"""What decision tables register in other apps."""
