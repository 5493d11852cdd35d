"""A small site with everything a link may meet: hostile text, anchors that moved, a policy that was renamed."""

from __future__ import annotations

from pathlib import Path

from tests.support.corpora import Project, make_project

_LAW = """甲市优化营商环境办法
第一条 <img src=x onerror="document.title='hacked'">网上办理。
第二条 下列事项当场办结：
（一）</script><script>document.title='hacked'</script>刻章；
（二）开户。
第三条 当日接电。
企业不交费用。
"""
_LAW_SIDECAR = """policies:
  - id: jia-2020-1
    title: 甲市优化营商环境办法[试行]<b>
    document_number: 甲政发〔2020〕1号
    former_ids: [jia-2019-9]
    moved:
      - {from: art_7, to: art_3}
      - {from: art_8, to: yi-2021-2#sec_1}
      - {from: art_9, to: null}
      - {from: art_10, to: "yi-2021-2#"}
"""


def make_moved_site(folder: Path) -> Project:
    """Build it in `folder`: jia-2020-1, a law of three articles, and yi-2021-2, a plan of two parts."""
    project = make_project(folder, with_sources=False)
    (project.sources / "jia.txt").write_text(_LAW, "utf-8")
    (project.sources / "jia.yml").write_text(_LAW_SIDECAR, "utf-8")
    (project.sources / "yi.txt").write_text("一、开办企业\n网上办理。\n二、获得电力\n当场接电。\n", "utf-8")
    (project.sources / "yi.yml").write_text("policies:\n  - {id: yi-2021-2, title: 乙市若干措施}\n", "utf-8")
    result = project.run("site")
    assert result.exit_code == 0, result.output
    return project
