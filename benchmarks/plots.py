"""Plots as SVG, without any library: bars and lines."""

import html
import math

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 90, 20, 40, 60
COLOURS = ["#1f6f8b", "#e07a3f", "#6a994e", "#8d5a97", "#555555"]
STYLE = "<style>text{font:12px sans-serif;fill:#222}.title{font-size:14px;font-weight:bold}line{stroke:#bbb}</style>"


def text(x, y, what, anchor="middle", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{html.escape(str(what))}</text>'


def short(value):
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "K")):
        if abs(value) >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value:.3g}"


def steps(most):
    """Round values from 0 to at least the most."""
    if most <= 0:
        return [0, 1]
    size = 10 ** math.floor(math.log10(most))
    step = next(size * factor for factor in (0.2, 0.5, 1, 2) if most / (size * factor) <= 6)
    return [step * i for i in range(math.ceil(most / step) + 1)]


def frame(title, most, unit):
    """The parts that every plot has, and what turns a value into its height."""
    marks = steps(most)

    def at(value):
        return HEIGHT - BOTTOM - value / marks[-1] * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">', STYLE,
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', text(WIDTH / 2, 22, title, extra=' class="title"'),
        text(16, (TOP + HEIGHT - BOTTOM) / 2, unit, extra=f' transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2:.0f})"'),
    ]
    for mark in marks:
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at(mark):.1f}" y2="{at(mark):.1f}"/>')
        parts.append(text(LEFT - 6, at(mark) + 4, short(mark), "end"))
    return parts, at


def legend(names):
    parts = []
    for i, name in enumerate(names):
        x = LEFT + 10 + i * 150
        parts.append(f'<rect x="{x}" y="{HEIGHT - 18}" width="12" height="12" fill="{COLOURS[i]}"/>')
        parts.append(text(x + 18, HEIGHT - 8, name, "start"))
    return parts


def bars(title, unit, names, groups):
    """groups: (label, one value or None for each name)."""
    most = max((value for _, values in groups for value in values if value), default=1)
    parts, at = frame(title, most, unit)
    room = (WIDTH - LEFT - RIGHT) / max(1, len(groups))
    width = room * 0.7 / len(names)
    for g, (label, values) in enumerate(groups):
        for i, value in enumerate(values):
            if value:
                x = LEFT + g * room + room * 0.15 + i * width
                parts.append(f'<rect x="{x:.1f}" y="{at(value):.1f}" width="{width:.1f}" height="{at(0) - at(value):.1f}" fill="{COLOURS[i]}"/>')
        parts.append(text(LEFT + (g + 0.5) * room, HEIGHT - BOTTOM + 18, label))
    return "\n".join(parts + legend(names) + ["</svg>"]) + "\n"


def lines(title, unit, x_label, names, points):
    """points: (x, one value or None for each name); x at equal distances, whatever the values, as sizes grow by factors."""
    most = max((value for _, values in points for value in values if value), default=1)
    parts, at = frame(title, most, unit)
    distance = (WIDTH - LEFT - RIGHT) / max(1, len(points))

    def across(index):
        return LEFT + (index + 0.5) * distance

    for index, (x, _) in enumerate(points):
        parts.append(text(across(index), HEIGHT - BOTTOM + 18, short(x) if isinstance(x, (int, float)) else x))
    for i in range(len(names)):
        known = [(across(index), at(values[i])) for index, (_, values) in enumerate(points) if values[i] is not None]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in known)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[i]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{COLOURS[i]}"/>' for x, y in known]
    parts.append(text(WIDTH - RIGHT, HEIGHT - BOTTOM + 36, x_label, "end"))
    return "\n".join(parts + legend(names) + ["</svg>"]) + "\n"
