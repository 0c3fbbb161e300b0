"""From a stage to clean light: the product's stand-in, Mitsuba's scene, samples, denoising, and a film curve."""
