"""Before everything else of the app: which requests are answered at all, and what every answer tells the browser."""
