"""A pose on the floor: its body as it is seen, the point that stays at the origin, the lowest point at its height."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handoutpress.content.poses.pose import Pose
from handoutpress.press.figures.body import Body, body_of
from handoutpress.press.figures.drawing import LINE
from handoutpress.press.figures.outline import Circle
from handoutpress.press.figures.space import Camera

_LOOKS_ASIDE = 0.4


@dataclass(frozen=True)
class PlacedPose:
    """A body on its floor, which is at 0: its circles on the paper by name, moved by ``dx`` and ``dy``."""

    body: Body
    camera: Camera
    circles: Mapping[str, Circle]
    dx: float
    dy: float

    @property
    def ahead(self) -> int:
        """1 where the figure looks to the right on the paper, -1 to the left, 0 towards the eye or away from it."""
        across = self.camera.seen(self.body.chest).x
        return 0 if abs(across) < _LOOKS_ASIDE else int(across / abs(across))


def place(pose: Pose, joints: Mapping[str, float]) -> PlacedPose:
    """Return the figure of a pose with its joints at these angles."""
    body, camera = body_of(joints), Camera(pose.view, pose.above)
    seen = {name: camera.seen(ball.at) for name, ball in body.balls.items()}
    lowest = min(point.y - body.balls[name].r for name, point in seen.items()) - LINE
    dx, dy = -seen[pose.stays].x, pose.lifted - lowest
    circles = {name: Circle(point.x + dx, point.y + dy, body.balls[name].r) for name, point in seen.items()}
    return PlacedPose(body, camera, circles, dx, dy)
