"""Who is at the app: names and log-ins come in; what each may see, and for how long it is kept, goes out."""
