"""What is seen far behind, painted and thrown out of focus."""
