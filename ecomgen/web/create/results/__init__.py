"""Step 3: the pictures as they are made, judged, sorted anew and downloaded."""
