# SPDX-License-Identifier: MIT
"""Bounds of shapes: outlines as points, transforms as (a, b, c, d, e, f)."""
import math
import re

from subset import Refused

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEPS = 24  # points a curve


def numbers(text):
    return [float(n) for n in _NUMBER.findall(text or "")]


def number(element, name, default=0.0):
    value = element.get(name)
    return default if value is None else numbers(value)[0]


def multiply(m, n):
    """m after n."""
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
            a * k + c * l + e, b * k + d * l + f)


def transform_of(text):
    matrix = IDENTITY
    for name, arguments in re.findall(r"(\w+)\s*\(([^)]*)\)", text or ""):
        matrix = multiply(matrix, _one_transform(name, numbers(arguments)))
    return matrix


def _one_transform(name, v):
    if name == "matrix" and len(v) == 6:
        return tuple(v)
    if name == "translate" and v:
        return (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0)
    if name == "scale" and v:
        return (v[0], 0, 0, v[1] if len(v) > 1 else v[0], 0, 0)
    if name == "rotate" and v:
        s, c = math.sin(math.radians(v[0])), math.cos(math.radians(v[0]))
        x, y = (v[1], v[2]) if len(v) == 3 else (0, 0)
        return multiply(multiply((1, 0, 0, 1, x, y), (c, s, -s, c, 0, 0)), (1, 0, 0, 1, -x, -y))
    if name == "skewX" and v:
        return (1, 0, math.tan(math.radians(v[0])), 1, 0, 0)
    if name == "skewY" and v:
        return (1, math.tan(math.radians(v[0])), 0, 1, 0, 0)
    raise Refused(f'transform "{name}" cannot be read; use translate, scale, rotate or matrix')


def apply(m, x, y):
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def scale_of(m):
    """How much longer a length becomes, on average."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def outline(element, tag):
    """Points on the shape's outline, dense enough for its bounds."""
    if tag == "path":
        return path_points(element.get("d", ""))
    if tag in ("polyline", "polygon"):
        v = numbers(element.get("points"))
        return list(zip(v[0::2], v[1::2]))
    if tag == "line":
        return [(number(element, "x1"), number(element, "y1")),
                (number(element, "x2"), number(element, "y2"))]
    if tag == "rect":
        x, y = number(element, "x"), number(element, "y")
        w, h = number(element, "width"), number(element, "height")
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    cx, cy = number(element, "cx"), number(element, "cy")
    rx = number(element, "r") if tag == "circle" else number(element, "rx")
    ry = number(element, "r") if tag == "circle" else number(element, "ry")
    turns = [2 * math.pi * i / (4 * _STEPS) for i in range(4 * _STEPS)]
    return [(cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns]


_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)")


def _segments(d):
    """(command, absolute?, arguments) one by one, repeated commands spelled out."""
    command, pending, bare = None, [], False
    for match in _TOKEN.finditer(d):
        letter, digits, _, wrong = match.groups()
        if wrong:
            raise Refused(f'a path cannot be read at "{d[match.start():match.start() + 12]}"')
        if letter:
            if pending or bare:
                raise Refused("a path command lacks numbers")
            command, bare = letter, letter not in "Zz"
            if letter in "Zz":
                yield "Z", True, []
        elif digits:
            if command is None or command in "Zz":
                raise Refused("a path begins without a command")
            # The two flags of an arc may stand without a space: 0 0 150 40.
            if command in "Aa" and len(pending) % 7 in (3, 4) and len(digits) > 1:
                raise Refused("arc flags written together; export with spaces between them")
            pending.append(float(digits))
            bare = False
            if len(pending) == _ARGUMENTS[command.upper()]:
                yield command.upper(), command.isupper(), pending
                pending = []
                command = {"M": "L", "m": "l"}.get(command, command)
    if pending or bare:
        raise Refused("a path command lacks numbers")


def path_points(d):
    points, x, y, start, control = [], 0.0, 0.0, (0.0, 0.0), None
    for name, absolute, v in _segments(d):
        ox, oy = (0.0, 0.0) if absolute else (x, y)
        if name == "Z":
            x, y = start
            control = None
            continue
        if name in "ML":
            x, y = v[0] + ox, v[1] + oy
            start = (x, y) if name == "M" else start
            points.append((x, y))
        elif name == "H":
            x = v[0] + ox
            points.append((x, y))
        elif name == "V":
            y = v[0] + oy
            points.append((x, y))
        elif name == "A":
            end = (v[5] + ox, v[6] + oy)
            points += _arc((x, y), v[0], v[1], v[2], v[3] != 0, v[4] != 0, end)
            x, y = end
        else:
            curve, control = _curve(name, (x, y), [(v[i] + ox, v[i + 1] + oy)
                                                   for i in range(0, len(v), 2)], control)
            points += _bezier(curve)
            x, y = curve[-1]
            control = (name, control)
            continue
        control = None
    return points


def _curve(name, at, v, control):
    """The control polygon, and the control point the next S or T mirrors."""
    mirrored = at
    if control and ((name == "S" and control[0] in "CS") or (name == "T" and control[0] in "QT")):
        mirrored = (2 * at[0] - control[1][0], 2 * at[1] - control[1][1])
    if name == "C":
        return [at] + v, v[1]
    if name == "S":
        return [at, mirrored] + v, v[0]
    if name == "Q":
        return [at] + v, v[0]
    return [at, mirrored] + v, mirrored


def _bezier(polygon):
    result = []
    for step in range(1, _STEPS + 1):
        t, level = step / _STEPS, polygon
        while len(level) > 1:
            level = [(p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t)
                     for p, q in zip(level, level[1:])]
        result.append(level[0])
    return result


def _arc(begin, rx, ry, turn, large, sweep, end):
    """SVG 1.1 appendix F.6: from end points to centre."""
    rx, ry, phi = abs(rx), abs(ry), math.radians(turn)
    if begin == end or rx == 0 or ry == 0:
        return [end]
    c, s = math.cos(phi), math.sin(phi)
    dx, dy = (begin[0] - end[0]) / 2, (begin[1] - end[1]) / 2
    px, py = c * dx + s * dy, -s * dx + c * dy
    grow = max(1.0, math.sqrt((px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
    k = math.sqrt(max(0.0, rest / ((rx * py) ** 2 + (ry * px) ** 2)))
    k = -k if large == sweep else k
    qx, qy = k * rx * py / ry, -k * ry * px / rx
    cx, cy = c * qx - s * qy + (begin[0] + end[0]) / 2, s * qx + c * qy + (begin[1] + end[1]) / 2
    a = math.atan2((py - qy) / ry, (px - qx) / rx)
    span = math.atan2((-py - qy) / ry, (-px - qx) / rx) - a
    span += 2 * math.pi if sweep and span < 0 else -2 * math.pi if not sweep and span > 0 else 0
    result = []
    for step in range(1, _STEPS + 1):
        t = a + span * step / _STEPS
        u, w = rx * math.cos(t), ry * math.sin(t)
        result.append((c * u - s * w + cx, s * u + c * w + cy))
    return result
