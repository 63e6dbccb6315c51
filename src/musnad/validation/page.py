"""The report as one readable page, in Arabic and English, without any other file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined

from musnad.validation.report import Report

_PAGE: Final = """\
<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Validation report · {{ arabic.title }}</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
[lang=ar] { direction: rtl; text-align: right }
article { border-inline-start: 4px solid #666; margin: 1rem 0; padding: .25rem 1rem }
.Violation { border-color: #b00020 } .Warning { border-color: #b26a00 } .Info { border-color: #00639a }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .9rem }
dd { margin: 0; overflow-wrap: anywhere } code { unicode-bidi: isolate }
</style>
</head>
<body>
<h1>Validation report <span lang="ar">{{ arabic.title }}</span></h1>
<p>{{ "The data conform." if report.conforms else "The data do not conform." }}
<span lang="ar">{{ arabic.conforms if report.conforms else arabic.fails }}</span></p>
<p>{{ report.graphs }} graphs;
{% for severity, number in report.counts().items() %}
{{ number }} {{ severity }} <span lang="ar">({{ arabic[severity] }})</span>
{% endfor %}</p>
{% for result in report.results %}
<article class="{{ result.severity }}">
<p><strong>{{ result.severity }}</strong> {{ result.message_en }}</p>
<p lang="ar">{{ result.message_ar }}</p>
<dl>
{% for name, text in result | parts %}<dt>{{ name }}</dt><dd><code dir="auto">{{ text }}</code></dd>
{% endfor %}</dl>
</article>
{% endfor %}
</body>
</html>
"""
_ARABIC: Final = {
    "title": "تقرير التحقق",  # validation report
    "conforms": "البيانات مطابقة.",  # the data conform
    "fails": "البيانات غير مطابقة.",  # the data do not conform
    "Violation": "مخالفة",  # violation
    "Warning": "تنبيه",  # warning
    "Info": "ملاحظة",  # note
}


def write_report(report: Report, folder: Path) -> None:
    """Write `report.ttl` and `report.html` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.ttl").write_text(report.to_turtle(), encoding="utf-8")
    (folder / "report.html").write_text(to_html(report), encoding="utf-8")


def _parts(result: object) -> list[tuple[str, str]]:
    names = ("focus", "path", "value", "graph", "place", "shape")
    return [(name, text) for name in names if (text := getattr(result, name))]


def to_html(report: Report) -> str:
    """Return the report as HTML; all text of the data is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["parts"] = _parts
    return environment.from_string(_PAGE).render(report=report, arabic=_ARABIC)
