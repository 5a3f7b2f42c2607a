"""The words by which Vietnamese texts ask: cues, verbs that begin a task, nouns of those asked, deadlines.

All patterns are for folded text; repeats are bounded.
"""

from __future__ import annotations

import re


def _any(words: str) -> str:
    """Return a pattern for one of the words in a list with commas."""
    return "|".join(" ".join(word.split()) for word in words.split(","))


_VERBS = _any(
    """tiếp tục, tăng cường, đẩy mạnh, thực hiện, triển khai, chủ động, chủ trì, phối hợp, tập trung, khẩn
    trương, nhanh chóng, sớm, kịp thời, thường xuyên, định kỳ, nghiêm túc, nghiêm cấm, kiên quyết, quyết
    liệt, phải, cần, nên, không được, không để, có trách nhiệm, quán triệt, rà soát, soát xét, nâng cao,
    nâng, phát huy, phát động, phát hiện, rèn luyện, tu dưỡng, học tập, nghiên cứu, đề xuất, kiến nghị, báo
    cáo, tổng hợp, theo dõi, đôn đốc, giám sát, xử lý, xem xét, giải quyết, khắc phục, chấn chỉnh, siết
    chặt, siết, nêu cao, đề cao, nêu gương, gương mẫu, tiên phong, đi đầu, bám sát, nắm chắc, nắm vững, nắm,
    quan tâm, chú trọng, ưu tiên, bảo đảm, đảm bảo, hoàn thành, hoàn thiện, hoàn chỉnh, phấn đấu, quyết tâm,
    nỗ lực, đổi mới, cải thiện, cải tiến, cắt giảm, đơn giản hóa, bố trí, sắp xếp, kiện toàn, củng cố, tuyển
    dụng, đánh giá, xếp loại, kiểm điểm, kiểm soát, nhận diện, tự soi, tự giác, cụ thể hóa, xác định, coi,
    xem, lấy, đưa, đặt, gắn, gìn giữ, giữ, làm,
    thành lập, thiết lập, xác lập, lập, ban hành, trình, gửi, trả lời, cung cấp, công khai, công bố,
    niêm yết, bổ sung, sửa đổi, điều chỉnh, điều chuyển, khen thưởng, biểu dương, động viên, khuyến khích,
    khơi dậy, lan tỏa, kiến tạo, tạo, mở, dành, huy động, tiếp nhận, tiếp thu, lắng nghe, đối thoại, tuyên truyền, phổ
    biến, vận động, tự phê bình, tham gia, hỗ trợ, hướng dẫn, đăng ký, ký cam kết, cam kết, áp dụng, ứng
    dụng, sử dụng, khai thác, vận hành, kết nối, số hóa, phân công, phân cấp, phân định, rút, đấu tranh,
    ngăn chặn, phòng ngừa, phản bác, tiết kiệm, đón tiếp, sinh hoạt, kết hợp, căn cứ, trên cơ sở, chọn, lựa
    chọn, rút kinh nghiệm, tránh, hạn chế, từ bỏ, chống, thay thế, đảm nhiệm, chịu trách nhiệm, duy trì,
    mạnh dạn, cố gắng, tích cực, linh hoạt, sâu sát, hằng năm"""
)
_ARRANGED = _any(
    """quán triệt, thực hiện, triển khai, tốt, sinh hoạt, học tập, rà soát, kiểm điểm, tuyên truyền, hội nghị,
    đối thoại, các (?!đảng), việc, nghiêm, ký, phát động, kiểm tra, lấy, tiếp, giám sát, đánh giá, thi, lớp,
    đợt, phong trào"""
)
_GUARDED = (
    r"(?<!ban )(?<!ban cán sự )chỉ đạo(?!\w)|(?<!ủy ban )(?<!ban )kiểm tra(?!\w)|(?<!ban )chấp hành(?!\w)"
    r"|thanh tra(?=,| việc| công vụ| đột xuất)|(?<!sở )(?<!ban )(?<!bộ )(?<!ngành )xây dựng(?!\w)"
    r"|(?<!và )phát triển(?!\w)|tham mưu(?!\w)(?!,? giúp việc)|giúp(?! việc)(?!\w)"
    r"|lãnh đạo(?=,? chỉ đạo| việc| công tác| tốt| thực)"
    r"|quản lý (?=chặt|tốt|nghiêm)|bảo vệ (?=cán bộ|người|bí mật|nền tảng)|giáo dục(?=,? (?:chính trị|nâng|cán bộ))"
)
VERB = re.compile(rf"(?<!\w)(?:{_GUARDED}|tổ chức(?= (?:{_ARRANGED}))|(?:{_VERBS})(?!\w))")
"""The first word of a task. Some words are verbs only where they do not belong to a body's name."""

_URGES = _any(
    """phải, cần, có trách nhiệm, chịu trách nhiệm, không được, không để, tiếp tục, tăng cường, thường xuyên,
    khẩn trương, chủ động, nghiêm túc, kịp thời, tập trung, đẩy mạnh, nâng cao, thực hiện nghiêm, kiên quyết"""
)
URGED = re.compile(rf"(?:{_URGES})(?!\w)")

_CONNECTIVES = _any(
    """đồng thời, cùng với đó, bên cạnh đó, ngoài ra, trong đó, trước hết, trước mắt, đặc biệt, mặt khác, thời
    gian tới, trong thời gian tới, theo đó, nhất là, và, từ đó, do đó, vì vậy, nhân dịp này, về tổ chức thực
    hiện, qua đó, cũng"""
)
CONNECTED = re.compile(rf"[\s\-•–+*\"'(]{{0,6}}(?:(?:{_CONNECTIVES})(?!\w)[\s,]{{0,3}}){{0,3}}")

_DOERS = _any(
    """cấp ủy, các cấp, tổ chức đảng, tổ chức, chi bộ, đảng bộ, đảng ủy, đảng đoàn, ban cán sự, cơ quan, đơn
    vị, địa phương, sở, ban, ngành, phòng, huyện, quận, thị xã, thành phố, xã, phường, đặc khu, thành viên,
    cán bộ, đảng viên, công chức, viên chức, người, thủ trưởng, lãnh đạo, giám đốc, trưởng, phó, chủ tịch,
    bí thư, ubnd, hđnd, mặt trận, mttq, ủy ban, hội đồng, hội(?! nghị| trường| thảo), đoàn, doanh nghiệp,
    văn phòng, thanh tra, công an, bộ, tỉnh, đồng chí, chính quyền, lực lượng, trường, báo, đài, đại biểu,
    cử tri, nhân dân, hệ thống chính trị, tập thể, cá nhân, thường trực, huyện ủy, thành ủy, tỉnh ủy, quận
    ủy, thị ủy, viện, tòa án, liên đoàn, trung tâm, chi cục, cục, kho bạc, ngân hàng, khối"""
)
_MANY = _any("các, những, toàn thể, toàn bộ, tất cả, mỗi, từng, mọi, riêng, đối với")
GROUP = re.compile(rf"(?:(?:{_MANY})\s+)?(?:các |đồng chí )?(?:{_DOERS})(?!\w)")
"""The first words of those who are to do something."""

GIVE = "giao"
ASK = "yeu-cau"
_GIVE = r"giao(?: nhiệm vụ| trách nhiệm)?(?: cụ thể)?(?: cho)?|phân công(?: nhiệm vụ cho)?"
_ASK = r"(?P<direct>chỉ đạo)|nhấn mạnh yêu cầu|yêu cầu|đề nghị|lưu ý"
_AS_NOUN = _any("của, về, đặt ra, đề ra, nhiệm vụ, công việc, phát triển, thực tiễn, chính đáng, trên, này, đó, nêu")
CUE = re.compile(rf"(?<!\w)(?:(?P<give>{_GIVE})|{_ASK}|kêu gọi)(?!\w)(?!\s*(?:{_AS_NOUN})(?!\w))")
_TELL = _any(
    """nhấn mạnh, nêu rõ, nêu, đặt ra, đề ra, chỉ rõ, chỉ ra, gợi ý, định hướng, thống nhất, quán triệt, xác
    định"""
)
LEAD_CUE = re.compile(rf"(?<!\w)(?:(?P<give>{_GIVE})|{_ASK}|{_TELL})(?!\w)")
TOWARDS = re.compile(
    r"[\s\-–+*•]{0,4}(?:\d{1,2}[.)]\s*|[a-zđ][.)]\s*)?(?:về [^,:]{2,60},\s*)?đối với\s+(?P<who>[^:]{2,200}?)\s*:"
)
BEFORE_GIVER = re.compile(r"(?:.{0,120}[\s,])?đối với\s+(?P<who>.{2,200}?)[\s,]*\Z", re.DOTALL)
AFTER_CUE = re.compile(r".{0,80}?(?<!\w)đối với\s+(?P<who>[^:]{2,200}?)\s*:?\s*\Z", re.DOTALL)

NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTED = _any("yêu cầu, nhiệm vụ, nội dung, việc, vấn đề, giải pháp, điểm, công việc, biện pháp, định hướng")
COUNT = re.compile(rf"(?<![\w./-])(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?:nhóm\s+)?(?:{_COUNTED})(?!\w)")
MARKER = re.compile(
    r"(?P<first>một là|thứ nhất|trước hết,|1[.)]\s|a[.)]\s|i\.\s)"
    r"|(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là)(?!\w)"
    r"|\d{1,2}[.)]\s|[a-zđ][.)]\s|[ivx]{1,4}\.\s|cuối cùng,"
)
_ARRIVED = _any("đề ra, nêu, ban hành, giao, đăng ký, xác định, phân công, phê duyệt")
PAST = re.compile(
    rf"(?<!\w)(?:(?:đã|từng)(?!\w)(?! (?:được )?(?:{_ARRIVED}))|luôn(?!\w)|đạt (?:được|kết quả|nhiều)"
    r"|được (?:triển khai|quan tâm|thực hiện|tăng cường|nâng))"
)

_DAY = (
    r"(?:\d{1,2}\s*(?:giờ|h)\s*\d{0,2}\s*,?\s*)?(?:ngày\s+)?\d{1,2}"
    r"(?:[/.-]\d{1,2}(?:[/.-]\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
)
_QUARTER = r"quý\s+(?:iv|i{1,3}|[1-4])"
_MONTH = rf"(?:(?:cuối|đầu|giữa)\s+)?(?:tháng\s+\d{{1,2}}|{_QUARTER})(?:\s*[/-]\s*\d{{4}}|(?:\s+năm)?\s+\d{{4}})?"
_BY = (
    r"(?:xong |hoàn thành )?(?:trước|chậm nhất(?: là)?(?: vào| trong| trước)?|muộn nhất(?: là)?|đến hết|hết"
    r"|hạn cuối(?: là)?)"
)
DEADLINE = re.compile(
    rf"(?<!\w)(?:{_BY}\s+(?:{_DAY}|{_MONTH})|(?:ngay )?(?:trong|vào)\s+{_MONTH}"
    r"|trong\s+(?:vòng|thời hạn)\s+\d{1,3}\s+(?:ngày|tuần|tháng)(?:\s+làm việc)?"
    rf"|(?:hoàn thành|xong)\s+(?:trong|trước)\s+(?:năm\s+\d{{4}}|{_DAY}))(?!\w)"
)
