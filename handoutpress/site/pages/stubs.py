"""Pages that have moved: a stub at the old address, and the same as rules for the hosts that read them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from handoutpress.site.pages.frame import POLICY
from handoutpress.site.pages.page_plate import slot
from handoutpress.site.site_map import Place

NETLIFY, APACHE, NGINX, VERCEL = "_redirects", ".htaccess", "redirects.nginx.conf", "vercel.json"
"""Netlify and Cloudflare Pages; Apache; nginx; Vercel."""

_STUB = Markup("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta http-equiv="refresh" content="0; url={to}">
<title>{name}</title>
<link rel="canonical" href="{base}/{path}">
</head>
<body><main><h1>{name}</h1><p><a href="{to}">{base}/{path}</a></p></main></body>
</html>
""")


def stub(old: Place, new: Place, path: str = "") -> str:
    """Return the page at ``old`` that leads to ``new`` at once, on every host, without a script.

    ``path`` is the address of ``new`` below the clinic's first page, where the places are not.
    """
    html = _STUB.format(policy=POLICY, to=old.to(new), path=path or new.path, name=slot("name"), base=slot("base"))
    return str(html)


def host_rules(moved: Mapping[str, str], missing: str) -> dict[str, bytes]:
    """Return, by file name, the rules that make hosts lead from one path to another, and show ``missing`` for others.

    Paths are from the host's top, each with a slash at its start.
    """
    pairs = sorted(moved.items())
    netlify = "".join(f"{old} {new} 301\n" for old, new in pairs)
    apache = "".join(f'Redirect permanent "{old}" "{new}"\n' for old, new in pairs) + f"ErrorDocument 404 {missing}\n"
    lines = "".join(f"    {old} {new};\n" for old, new in pairs)
    nginx = (
        "# Within http: include this file; within server: error_page and the two lines below it.\n"
        f'map $uri $moved {{\n    default "";\n{lines}}}\n'
        f"# error_page 404 {missing};\n# if ($moved) {{ return 301 $moved; }}\n"
    )
    rules = [{"source": old, "destination": new, "permanent": True} for old, new in pairs]
    vercel = json.dumps({"trailingSlash": True, "redirects": rules}, indent=1) + "\n"
    texts = {NETLIFY: netlify, APACHE: apache, NGINX: nginx, VERCEL: vercel}
    return {name: text.encode() for name, text in texts.items()}
