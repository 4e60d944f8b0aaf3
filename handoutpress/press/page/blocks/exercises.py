"""The block ``exercises``: a drawing, the dose, the steps of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from handoutpress.content.models.blocks.exercises import Exercise, ExercisesContent
from handoutpress.press.page.blocks.drawings import DrawingView, FigureRoom, pose_drawing
from handoutpress.press.page.blocks.picture import PictureView, column_width, picture_view
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter, ViewChoice
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.imprint import say_count
from handoutpress.press.page.phrases import ended_well, say

SMALL = 120.0
"""The text width, mm, under which a format that leaves out sections is a card."""
TWO_COLUMNS = 32.0
"""The text width, in em, from which two exercises stand beside each other."""
LONGEST_WORD, LONGEST_PART = 15, 19
"""The letters of a word, and of a part of a dose on one line, that a third of such a page has room for."""
LONGEST_PART_OF_TWO = 26
"""The letters of a part of a dose on one line where a row has two or one."""


@dataclass(frozen=True)
class ExerciseView:
    """One exercise; ``dose`` are how often and how long, a few words each.

    ``above`` is the room above its drawing, mm, where a taller one stands beside it.
    """

    name: str
    dose: tuple[Markup, ...]
    drawings: tuple[DrawingView, ...] = ()
    pictures: tuple[PictureView, ...] = ()
    steps: tuple[Markup, ...] = ()
    progress: Markup = NOTHING
    above: float = 0.0

    @property
    def width(self) -> float:
        """How wide what is seen of it is, mm."""
        shown = [picture.drawing.width for picture in self.pictures if picture.drawing]
        return sum(drawing.width for drawing in self.drawings) + sum(shown)

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield self.name
        for picture in self.pictures:
            yield from picture.words()
        yield from paragraphs(Markup(" ").join(self.dose), *self.steps, self.progress)


@dataclass(frozen=True)
class ExercisesView:
    """Exercises in rows, of which each has up to three."""

    rows: tuple[tuple[ExerciseView, ...], ...]
    columns: int

    @property
    def longest_parts(self) -> tuple[int, ...]:
        """How many letters of a part of a dose stand on one line, for each row."""
        return tuple(LONGEST_PART if len(row) > 2 else LONGEST_PART_OF_TWO for row in self.rows)

    def words(self) -> Iterator[str]:
        """Yield their words as they are read."""
        for row in self.rows:
            for exercise in row:
                yield from exercise.words()


def exercises_section(name: str, content: ExercisesContent, writer: TextWriter) -> SectionView:
    """Return the section of exercises: two or three beside each other where the page is wide enough."""
    measure = writer.choice.column_measure
    columns = 2 if measure and measure >= TWO_COLUMNS else 1
    views = [_exercise(exercise, writer, columns) for exercise in content.items]
    third = column_width(writer, 3) if columns > 1 else None
    rows = tuple(_of_one_height(row) for row in _rows(views, columns, third))
    return SectionView(name, "exercises", content.heading or "", block=ExercisesView(rows, columns))


def _rows(views: Sequence[ExerciseView], columns: int, third: float | None) -> Iterator[Sequence[ExerciseView]]:
    """Yield rows: the last three of an odd number stand beside each other if a ``third``, mm, holds each."""
    has_three = third and len(views) % 2 == 1 and len(views) > 2 and all(_fits(view, third) for view in views[-3:])
    until = len(views) - 3 if has_three else len(views)
    yield from (views[at : min(at + columns, until)] for at in range(0, until, columns))
    if has_three:
        yield views[until:]


def _fits(view: ExerciseView, width: float) -> bool:
    """Return whether what is seen of an exercise, and each of its words, fit into a width, mm."""
    words = (word for text in view.words() for word in text.split())
    return view.width <= width and max(map(len, words)) <= LONGEST_WORD


def _of_one_height(row: Sequence[ExerciseView]) -> tuple[ExerciseView, ...]:
    """Return a row whose drawings stand on one line, and so do the words below them."""
    heights = [max((drawing.height for drawing in view.drawings), default=0.0) for view in row]
    is_drawn = len(row) > 1 and all(heights)
    return tuple(
        replace(view, above=round(max(heights) - height, 1)) if is_drawn else view
        for view, height in zip(row, heights, strict=True)
    )


def _exercise(exercise: Exercise, writer: TextWriter, columns: int) -> ExerciseView:
    dose, widest = tuple(_dose(exercise, writer)), column_width(writer, columns)
    if _is_small(writer.choice):
        return ExerciseView(exercise.name, dose=dose)
    return ExerciseView(
        name=exercise.name,
        dose=dose,
        drawings=tuple(_drawings(exercise, writer, columns)) if writer.choice.with_pictures else (),
        pictures=tuple(picture_view(picture, "exercise", writer, widest) for picture in exercise.pictures),
        steps=tuple(ended_well(writer.line(step)) for step in exercise.steps),
        progress=ended_well(writer.line(exercise.progress)) if exercise.progress else NOTHING,
    )


def _is_small(choice: ViewChoice) -> bool:
    """Return whether a page has room for what an exercise is called and its dose alone: a card."""
    return choice.only is not None and (choice.width or SMALL) < SMALL


def _drawings(exercise: Exercise, writer: TextWriter, columns: int) -> Iterator[DrawingView]:
    """Yield what the press draws of an exercise."""
    pose = exercise.pose
    if pose is None:
        return
    start, end = writer.poses[pose.start], writer.poses[pose.end] if pose.end else None
    phrases = writer.phrases.exercises
    position = getattr(phrases.positions, start.position)
    phrase = phrases.pose_movement if end else phrases.pose_alone
    room = FigureRoom(writer.choice.em, column_width(writer, columns), writer.language.direction == "rtl")
    yield pose_drawing(start, end, phrase.format(exercise=exercise.name, position=position), room)


def _dose(exercise: Exercise, writer: TextWriter) -> Iterator[Markup]:
    """Yield sets, repeats, sides, time and how often, as far as they are told."""
    phrases, language = writer.phrases.exercises, writer.language
    if exercise.sets:
        yield escape(say_count(language, exercise.sets, phrases.sets))
    if exercise.repeats:
        yield escape(say_count(language, exercise.repeats, phrases.times))
    if exercise.hold:
        amount, unit = exercise.hold.split(" ")
        time = say_count(language, amount, phrases.seconds if unit == "s" else phrases.minutes)
        yield say(phrases.hold, language, time=time)
    if exercise.sides:
        yield escape(getattr(phrases, f"{exercise.sides}_side"))
    if exercise.often:
        yield writer.line(exercise.often)
