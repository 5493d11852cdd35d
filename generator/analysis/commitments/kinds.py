"""How a quantity may be promised: the kinds of frames (句式), and what they are called in Chinese."""

from __future__ import annotations

from enum import Enum


class FrameKind(Enum):
    """A kind of frame. Its value is what `check --explain` calls it, and steers nothing."""

    AT_MOST = "上限"
    AT_LEAST = "下限"
    REDUCED_TO = "压减至"
    RAISED_TO = "提高至"
    WITHIN = "之内"
    PUBLIC_NOTICE = "公示期"
    TIME_IS = "时限为"
    EARLIER = "提前"
    WAIVED_FOR = "减免期间"
    DONE_IN = "办结"
    ENJOYED_FOR = "享受期限"
    STEPS_ARE = "环节为"
    ABOLISHED = "取消"
    CHANGED_BY = "增减"
    DOCUMENTS_ARE = "材料共"
    PRICE_IS = "价格为"
    OVER = "超过"
    UNDER = "低于"
    SUBSIDY = "补贴"
    PAID_FOR = "由政府支付"
    SPENT = "投入"
    OR_MORE = "以上"
    OR_LESS = "以内"
    IN_PROPORTION = "按比例"
    RATE_IS = "比率"
    SHARE_IS = "占比"
    ADDED = "新增"
    RANK = "名次"
    DONE_COUNT = "完成数量"
    HANDLED_COUNT = "处理数量"
    REACHED_COUNT = "数量达成"
    COUNT_IS = "数量为"
    AT_ONCE = "即办"
    NOTHING = "为零"
    ONE_VISIT = "最多跑一次"
    FREE = "免费"
    NOT_CHARGED = "不收费"
    TIMES_A_PERIOD = "每期次数"
    ROUND_THE_CLOCK = "全天候"
    SERVICE_CIRCLE = "服务圈"
    STANDARD = "办理标准"


OF_A_SUBJECT = frozenset(
    (
        FrameKind.REDUCED_TO,
        FrameKind.RAISED_TO,
        FrameKind.AT_MOST,
        FrameKind.AT_LEAST,
        FrameKind.TIME_IS,
        FrameKind.CHANGED_BY,
        FrameKind.OVER,
        FrameKind.UNDER,
        FrameKind.COUNT_IS,
        FrameKind.RATE_IS,
    )
)
"""Frames that say what something is brought to: what they are said of stands before, or earlier."""
