"""Print: a clinic's handout in so many copies, in the office or by a print shop; and the PDF to be printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutpress.app.studio.page_drawing import PageRequest, printed_as
from handoutpress.app.studio.print_orders import MOST, PrintOrder, ShopPurpose, office_copies, shop_order
from handoutpress.studio.clinic_pages import by_title, chosen_handout
from handoutpress.studio.drawing_pages import page_request
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import plain_sentences
from handoutpress.yamlfile.problems import HandoutError


class PrintPage:
    """The page on which one chooses what is printed."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/print", self.show),
            Route("/pdf", self.pdf),
            Route("/print-shop", self.for_shop),
        ]

    def show(self, request: Request) -> Response:
        """Offer what may be printed, and show the first page of what was chosen."""
        query, printed = request.query_params, printed_as(self._studio.project)
        brand, _ = printed.chosen(query.get("brand", ""), "")
        of_brand = printed_as(self._studio.project, brand=brand) if brand else printed
        handouts = by_title(of_brand.handouts)
        handout = chosen_handout(query, handouts)
        slug, _, language = handout.partition(".")
        of_handout = printed_as(self._studio.project, slug, language, brand) if slug else of_brand
        _, format_ = of_handout.chosen(brand, query.get("format", ""))
        values = {
            "brands": printed.brands, "handouts": handouts, "handout": handout, "printed": of_handout,
            "asked": PageRequest(slug, language, brand, format_), "copies": _copies(request), "most": MOST,
            "large": of_handout.large_print(brand),
        }  # fmt: skip
        return self._studio.page(request, "print.html", values)

    async def pdf(self, request: Request) -> Response:
        """Return the PDF to print, proved as ``handouts build`` does: a recalled text, say, is not printed."""
        asked = page_request(dict(request.query_params))
        order = partial(office_copies, self._studio.project, asked, _copies(request))
        return await self._handed_over(request, order, "application/pdf", f'inline; filename="{_name(asked)}.pdf"')

    async def for_shop(self, request: Request) -> Response:
        """Return the sheets for a print shop with their job sheet, as a zip."""
        asked = page_request(dict(request.query_params))
        purpose: ShopPurpose = "mono" if request.query_params.get("inks") == "black" else "print"
        order = partial(shop_order, self._studio.project, asked, _copies(request), purpose)
        disposition = f'attachment; filename="{_name(asked)}.print-shop.zip"'
        return await self._handed_over(request, order, "application/zip", disposition)

    async def _handed_over(
        self, request: Request, order: Callable[[], PrintOrder], media_type: str, disposition: str
    ) -> Response:
        try:
            ordered = await run_in_threadpool(order)
        except HandoutError as error:
            ordered = PrintOrder(None, tuple(str(error).splitlines()))
        if ordered.content is None:
            why = " ".join(plain_sentences(ordered.problems, self._studio.words(request).by_hand))
            return self._studio.notice(request, 404, why)
        return Response(ordered.content, media_type=media_type, headers={"Content-Disposition": disposition})


def _copies(request: Request) -> int:
    """Return how many copies are asked for: one, where it is no such number."""
    wanted = request.query_params.get("copies", "")
    return max(1, min(int(wanted), MOST)) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 1


def _name(asked: PageRequest) -> str:
    return f"{asked.handout}.{asked.language}"
