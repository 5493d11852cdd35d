"""Policies with tables, made by hand: what a parser makes of a table is here as the model has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.analysis import load_analyst
from generator.anchors.citation import with_paths
from generator.model import (
    Account,
    Address,
    Analysis,
    Clause,
    Corpus,
    Correction,
    Eid,
    Jurisdiction,
    Kind,
    Place,
    Policy,
    Reference,
    SourceFile,
)
from generator.publishing.publish import write_site
from generator.settings import load_settings
from tests.support.corpora import Project, make_project
from tests.support.words import WORDS

JIA, YI = "jia-2024-3", "yi-2024-5"
LONG_ROWS = 300
HOSTILE = (
    "<script>document.title='hacked'</script>",
    "a|b `码` **重** {{ x }}",
    '[链](javascript:x) &amp; <td>"',
)


@dataclass
class Draft:
    """A policy while its clauses are put down one after the other."""

    id: str
    title: str
    clauses: list[Clause] = field(default_factory=list)

    def add(
        self,
        anchor: str,
        kind: Kind,
        wording: str,
        *,
        label: str | None = None,
        parent: str | None = None,
        title: str | None = None,
        cells: Sequence[str] = (),
    ) -> str:
        """Put down a clause; returns its anchor."""
        level = next((one.level for one in self.clauses if one.anchor == parent), 0) + 1
        digits = "".join(filter(str.isdecimal, label or ""))
        heading = kind in (Kind.SECTION, Kind.ATTACHMENT)
        line = len(self.clauses) + 1
        self.clauses.append(
            Clause(
                policy=self.id,
                anchor=Eid(anchor),
                kind=kind,
                label=label,
                number=int(digits) if digits else None,
                level=level,
                parent=Eid(parent) if parent else None,
                title=title,
                wording=wording,
                heading=heading,
                place=Place(f"{self.id}.txt", line, line),
                cells=tuple(cells),
            )
        )
        return anchor

    def table(
        self,
        container: str | None,
        number: int,
        rows: Sequence[Sequence[str] | str],
        *,
        caption: str = "",
        head: Sequence[str] = (),
        printed: bool = False,
    ) -> str:
        """Put down a table; a row that is a text is a group. `printed`: the first cells are the 序号 of the rows."""
        name = f"{container}__table_{number}" if container else f"table_{number}"
        above = container
        if head:
            wording = "\n".join(filter(None, (caption, "\t".join(head))))
            above = self.add(name, Kind.TABLE, wording, parent=container, cells=head)
        group, groups, counted = above, 0, 0
        for row in rows:
            if isinstance(row, str):
                groups += 1
                group = self.add(f"{name}__group_{groups}", Kind.GROUP, row, parent=above, cells=[row])
                continue
            counted += 1
            label = row[0] if printed else None
            self.add(
                f"{name}__tr_{label or counted}",
                Kind.ROW,
                "\t".join(row),
                label=label,
                parent=group,
                cells=row,
            )
        return name

    def policy(self) -> Policy:
        """The policy."""
        policy = Policy(
            self.id, self.title, "甲市人民政府", Jurisdiction("city", "某省", "甲市"), None, "2024-05-01", None,
            "正式", "方案", (), SourceFile(f"{self.id}.txt", "0" * 64),
            Place(f"{self.id}.txt", 1, len(self.clauses)), (), tuple(self.clauses), (),
        )  # fmt: skip
        return with_paths(policy)


def jia() -> Policy:
    """甲市: two tables in 附件1, one without a head in 附件2, a long and wide one in 附件3."""
    draft = Draft(JIA, "甲市优化营商环境工作方案")
    one = draft.add("sec_1", Kind.SECTION, "一、总体要求", label="一、", title="总体要求")
    draft.add(
        "sec_1__para_1",
        Kind.PARAGRAPH,
        "（一）任务见附件1第3项，由各部门按照职责分工落实。",
        label="（一）",
        parent=one,
    )
    att = draft.add("att_1", Kind.ATTACHMENT, "附件1\n重点任务清单", label="附件1", title="重点任务清单")
    draft.table(
        att,
        1,
        [
            "一、开办企业",
            ("1", "推行企业开办“一网通办”", "市市场监管局", "企业开办时间压缩至2个工作日以内", "2024年6月底前"),
            ("2", "免费为新开办企业刻制公章", "", "零成本", "2024年6月底前"),
            ("3", "电子营业执照、电子印章同步发放，在银行开户、社保登记、公积金缴存等场景全面应用，做到申请人只需填报一次信息、提交一套材料", "市政务服务局", "", "长期坚持"),
            "二、获得电力",
            ("4", "低压小微企业用电报装", "市供电公司", "3个工作日", "2024年底前"),
            ("5", "用电报装信息网上公开", "市供电公司", "《供电服务指南》见https://power.example.org/guide/2024/index.html", ""),
            ("6", "依照《乙市优化营商环境若干措施》办理"),
        ],
        caption="甲市优化营商环境重点任务清单",
        head=("序号", "任务", "牵头单位", "目标", "完成时限"),
        printed=True,
    )  # fmt: skip
    draft.table(
        att,
        2,
        [("开户", "1,200.5", "85%"), ("过户", "80", "9.5%"), ("合计", "1,280.5", "—")],
        head=("事项", "件数", "占比"),
    )
    other = draft.add("att_2", Kind.ATTACHMENT, "附件2\n成员名单", label="附件2", title="成员名单")
    draft.table(
        other,
        1,
        [
            ("组长", "市政府主要负责同志"),
            ("副组长", "市政府分管负责同志\n市政府秘书长"),
            ("成员", "市发展改革委主要负责同志"),
        ],
    )
    wide = draft.add("att_3", Kind.ATTACHMENT, "附件3\n坐标表", label="附件3", title="坐标表")
    draft.table(
        wide,
        1,
        [
            (str(number), f"界址点J{number}", f"E116°{number % 60:02}′23.45″", f"N39°{number % 60:02}′10.02″",
             f"{3850000 + number}.123", f"{500000 + number * 7}.456", "甲镇", "乙村", "农用地", f"{number * 3}", "是", "实测")
            for number in range(1, LONG_ROWS + 1)
        ],
        caption="界址点坐标成果表\n（2000国家大地坐标系）",
        head=("点号", "名称", "经度", "纬度", "X坐标", "Y坐标", "乡镇", "村", "地类", "面积", "核实", "方法"),
        printed=True,
    )  # fmt: skip
    policy = draft.policy()
    return replace(policy, clauses=tuple(map(_corrected, policy.clauses)))


def _corrected(clause: Clause) -> Clause:
    at = clause.wording.find("刻制")
    if clause.kind is not Kind.ROW or at < 0:
        return clause
    return replace(clause, corrections=(Correction(at, at + 2, "刻制", "刻印", "据上下文改。"),))


def yi() -> Policy:
    """乙市: measures 1 to 3 whose numbers run through, and a table at the root of the text with the same 序号."""
    draft = Draft(YI, "乙市优化营商环境若干措施")
    for number in (1, 2, 3):
        text = f"{number}.推行第{number}批“一件事一次办”，由市政务服务局负责。"
        draft.add(f"subpara_{number}", Kind.SUBPARAGRAPH, text, label=f"{number}.")
    draft.table(
        None,
        1,
        [
            ("1", "推行企业开办“一网通办”", "市市场监管局", "企业开办时间压缩至2个工作日以内", "2024年6月底前"),
            ("2", "A局", "3个工作日", HOSTILE[0], HOSTILE[1] + HOSTILE[2]),
            ("3", "电子营业执照、电子印章同步发放，在银行开户、社保登记、公积金缴存等场景全面应用，做到申请人只需填报一次信息、提交一套材料", "市数据局", "", "长期坚持"),
        ],
        head=("序号", "任务", "单位", "目标", "时限"),
        printed=True,
    )  # fmt: skip
    return draft.policy()


def table_corpus() -> Corpus:
    """Both, analysed; a clause refers to a row, and a row to the other policy."""
    policies = (jia(), yi())
    analyst = load_analyst()
    analyses: dict[tuple[str, str], Analysis] = {}
    for policy in policies:
        found, problems = analyst.analyse(policy)
        assert not problems
        analyses |= {(policy.id, anchor): analysis for anchor, analysis in found.items()}
    clauses: dict[str, Clause] = {clause.anchor: clause for clause in policies[0].clauses}
    for anchor, quote, target in (
        ("sec_1__para_1", "附件1第3项", Address(JIA, "att_1__table_1__tr_3")),
        ("att_1__table_1__tr_6", "《乙市优化营商环境若干措施》", Address(YI)),
    ):
        start = clauses[anchor].wording.index(quote)
        reference = Reference("internal", start, start + len(quote), quote, targets=(target,))
        analyses[JIA, anchor] = replace(analyses[JIA, anchor], references=(reference,))
    accounts = tuple(
        Account(
            policy.source.path,
            policy.source.sha256,
            sum(len(one.wording) for one in policy.clauses),
            sum(len(one.wording) for one in policy.clauses),
            0,
            0,
            (),
            0,
        )
        for policy in policies
    )
    return Corpus(policies, accounts, analyses)


def make_table_site(folder: Path) -> Project:
    """Build their site in `folder`."""
    project = make_project(folder, with_sources=False)
    settings = load_settings(project.folder / "mkdocs.yml")
    write_site(table_corpus(), WORDS, settings, lambda _: None)
    return project
