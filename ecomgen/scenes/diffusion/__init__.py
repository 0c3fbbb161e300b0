"""What inpaint and img2img share: settings, checkpoints, the first image, and the sampling itself."""
