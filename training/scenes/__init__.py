"""What surrounds a product: ground, wall, support, clutter, hands, a camera and light, all drawn from one seed.

`crowds` says how hard a scene is, `setting` draws it: `supports` what the product stands on, `grounds` what is below
and behind, `clutter`, `neighbours` and `camouflage` what is about it, `camera` the view and the light.
"""

from training.scenes.camera import Camera, Light
from training.scenes.crowds import CROWDS, Crowd
from training.scenes.setting import Setting, elevation, make_setting

__all__ = ["CROWDS", "Camera", "Crowd", "Light", "Setting", "elevation", "make_setting"]
