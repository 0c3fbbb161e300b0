// What pointers say of moving and zooming, wherever something is moved and zoomed.
const within = (value, low, high) => Math.min(Math.max(value, low), high);

// Where a pointer is on an element.
const pointOn = (node) => ({ clientX, clientY }) => {
  const { left, top } = node.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

// The middle of two fingers, how far apart they are, and in degrees how they are turned.
const spread = (fingers) => {
  const [a, b] = [...fingers.values()];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, wide: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)), turn: (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI };
};

// How much larger the wheel makes things; with Ctrl it is a pinch on a touchpad.
const wheeled = ({ deltaY, deltaMode, ctrlKey }) => Math.exp(-within(deltaY * (deltaMode ? 16 : 1) * (ctrlKey ? 0.01 : 0.002), -0.5, 0.5));
