"""The words by which Vietnamese texts ask: cues, verbs that begin a task, nouns of those asked, deadlines.

All patterns are for folded text; repeats are bounded.
"""

from __future__ import annotations

import re

_VERBS = (
    "tiếp tục|tăng cường|đẩy mạnh|thực hiện|triển khai|chủ động|chủ trì|phối hợp|tập trung|khẩn trương|nhanh chóng|sớm"
    "|kịp thời|thường xuyên|định kỳ|nghiêm túc|nghiêm cấm|kiên quyết|quyết liệt|phải|cần|nên|không được|không để|có trách nhiệm"
    "|quán triệt|rà soát|soát xét|nâng cao|nâng|phát huy|phát động|phát hiện|rèn luyện|tu dưỡng|học tập|nghiên cứu|đề xuất"
    "|kiến nghị|báo cáo|tổng hợp|theo dõi|đôn đốc|giám sát|xử lý|xem xét|giải quyết|khắc phục|chấn chỉnh|siết chặt|siết"
    "|nêu cao|đề cao|nêu gương|gương mẫu|tiên phong|đi đầu|bám sát|nắm chắc|nắm vững|nắm|quan tâm|chú trọng|ưu tiên|bảo đảm"
    "|đảm bảo|hoàn thành|hoàn thiện|hoàn chỉnh|phấn đấu|quyết tâm|nỗ lực|đổi mới|cải thiện|cải tiến|cắt giảm|đơn giản hóa"
    "|bố trí|sắp xếp|kiện toàn|củng cố|tuyển dụng|đánh giá|xếp loại|kiểm điểm|kiểm soát|nhận diện|tự soi|tự giác|cụ thể hóa"
    "|xác định|coi|xem|lấy|đưa|đặt|gắn|giữ|làm|lập|ban hành|trình|gửi|trả lời|cung cấp|công khai|công bố|niêm yết|bổ sung"
    "|sửa đổi|điều chỉnh|điều chuyển|khen thưởng|biểu dương|động viên|khuyến khích|khơi dậy|lan tỏa|tạo|mở|dành|huy động"
    "|tiếp nhận|tiếp thu|lắng nghe|đối thoại|tuyên truyền|phổ biến|vận động|tự phê bình|tham gia|hỗ trợ|hướng dẫn"
    "|đăng ký|ký cam kết|cam kết|áp dụng|ứng dụng|sử dụng|khai thác|vận hành|kết nối|số hóa|phân công|phân cấp|phân định|rút"
    "|đấu tranh|ngăn chặn|phòng ngừa|phản bác|tiết kiệm|đón tiếp|sinh hoạt|kết hợp|căn cứ|trên cơ sở|chọn|lựa chọn|rút kinh nghiệm"
    "|tránh|hạn chế|từ bỏ|chống|thay thế|đảm nhiệm|chịu trách nhiệm|duy trì|mạnh dạn|cố gắng|tích cực|linh hoạt|sâu sát|hằng năm"
)
_GUARDED = (
    r"(?<!ban )(?<!ban cán sự )chỉ đạo|(?<!ủy ban )(?<!ban )kiểm tra|(?<!ban )chấp hành|thanh tra(?=,| việc| công vụ| đột xuất)"
    r"|(?<!sở )(?<!ban )(?<!bộ )(?<!ngành )xây dựng|(?<!và )phát triển|tham mưu(?!,? giúp việc)|lãnh đạo(?=,? chỉ đạo| việc| công tác| tốt| thực)"
    r"|tổ chức(?= (?:quán triệt|thực hiện|triển khai|tốt|sinh hoạt|học tập|rà soát|kiểm điểm|tuyên truyền|hội nghị|đối thoại"
    r"|các (?!đảng)|việc|nghiêm|ký|phát động|kiểm tra|lấy|tiếp|giám sát|đánh giá|thi|lớp|đợt|phong trào))"
    r"|giúp(?! việc)(?!\w)|quản lý (?=chặt|tốt|nghiêm)|bảo vệ (?=cán bộ|người|bí mật|nền tảng)|giáo dục(?=,? (?:chính trị|nâng|cán bộ))"
)
VERB = re.compile(rf"(?<!\w)(?:{_GUARDED}|(?:{_VERBS})(?!\w))")

URGED = re.compile(
    r"(?:phải|cần|có trách nhiệm|chịu trách nhiệm|không được|không để|tiếp tục|tăng cường|thường xuyên|khẩn trương|chủ động|nghiêm túc"
    r"|kịp thời|tập trung|đẩy mạnh|nâng cao|thực hiện nghiêm|kiên quyết)(?!\w)"
)

_CONNECTIVE = (
    r"(?:đồng thời|cùng với đó|bên cạnh đó|ngoài ra|trong đó|trước hết|trước mắt|đặc biệt|mặt khác|thời gian tới|trong thời gian tới"
    r"|theo đó|nhất là|và|từ đó|do đó|vì vậy|nhân dịp này|về tổ chức thực hiện|qua đó|cũng|tiếp đó)"
)
CONNECTED = re.compile(rf"[\s\-•–+*\"'(]{{0,6}}(?:{_CONNECTIVE}[\s,]{{0,3}}){{0,3}}")

GROUP = re.compile(
    r"(?:(?:các|những|toàn thể|toàn bộ|tất cả|mỗi|từng|mọi|mỗi một|riêng|đối với)\s+)?(?:các |đồng chí )?"
    r"(?:cấp ủy|các cấp|tổ chức đảng|tổ chức|chi bộ|đảng bộ|đảng ủy|đảng đoàn|ban cán sự|cơ quan|đơn vị|địa phương|sở|ban|ngành|phòng"
    r"|huyện|quận|thị xã|thành phố|xã|phường|đặc khu|thành viên|cán bộ|đảng viên|công chức|viên chức|người|thủ trưởng|lãnh đạo|giám đốc"
    r"|trưởng|phó|chủ tịch|bí thư|ubnd|hđnd|mặt trận|mttq|ủy ban|hội đồng|hội(?! nghị| trường| thảo)|đoàn|doanh nghiệp|văn phòng|thanh tra|công an|bộ|tỉnh|đồng chí"
    r"|chính quyền|lực lượng|trường|báo|đài|đại biểu|cử tri|nhân dân|hệ thống chính trị|tập thể|cá nhân|thường trực|huyện ủy|thành ủy|tỉnh ủy"
    r"|quận ủy|thị ủy|viện|tòa án|liên đoàn|trung tâm|chi cục|cục|kho bạc|ngân hàng|khối)(?!\w)"
)

GIVE = "giao"
ASK = "yeu-cau"
_GIVE = r"giao(?: nhiệm vụ| trách nhiệm)?(?: cụ thể)?(?: cho)?|phân công(?: nhiệm vụ cho)?"
CUE = re.compile(
    rf"(?<!\w)(?:(?P<give>{_GIVE})|(?P<direct>chỉ đạo)|nhấn mạnh yêu cầu|yêu cầu|đề nghị|lưu ý|kêu gọi)(?!\w)"
    r"(?!\s*(?:của|về|đặt ra|đề ra|nhiệm vụ|công việc|phát triển|thực tiễn|chính đáng|trên|này|đó|nêu))"
)
LEAD_CUE = re.compile(
    rf"(?<!\w)(?:(?P<give>{_GIVE})|(?P<direct>chỉ đạo)|nhấn mạnh yêu cầu|yêu cầu|đề nghị|lưu ý|nhấn mạnh|nêu rõ|nêu|đặt ra|đề ra|chỉ rõ"
    r"|chỉ ra|gợi ý|định hướng|thống nhất|quán triệt|xác định)(?!\w)"
)
TOWARDS = re.compile(r"[\s\-–+*•]{0,4}(?:\d{1,2}[.)]\s*|[a-zđ][.)]\s*)?(?:về [^,:]{2,60},\s*)?đối với\s+(?P<who>[^:]{2,200}?)\s*:")
BEFORE_GIVER = re.compile(r"(?:.{0,120}[\s,])?đối với\s+(?P<who>.{2,200}?)[\s,]*\Z", re.DOTALL)
AFTER_CUE = re.compile(r".{0,80}?(?<!\w)đối với\s+(?P<who>[^:]{2,200}?)\s*:?\s*\Z", re.DOTALL)

NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
COUNT = re.compile(
    rf"(?<![\w./-])(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?:nhóm\s+)?(?:yêu cầu|nhiệm vụ|nội dung|việc|vấn đề|giải pháp|điểm|công việc"
    r"|biện pháp|định hướng)(?!\w)"
)
_ORDINAL = r"nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười"
MARKER = re.compile(
    rf"(?P<first>một là|thứ nhất|trước hết,|1[.)]\s|a[.)]\s|i\.\s)|(?P<word>(?:thứ (?:{_ORDINAL})|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là)(?!\w))"
    r"|(?P<digit>\d{1,2}[.)]\s)|(?P<letter>[a-zđ][.)]\s)|(?P<roman>[ivx]{1,4}\.\s)|(?P<last>cuối cùng,)"
)
PAST = re.compile(r"(?<!\w)(?:đã|từng|luôn|được)(?!\w)(?! (?:đề ra|nêu|ban hành|giao|đăng ký|xác định|phân công|phê duyệt))")

_DAY = r"(?:\d{1,2}\s*(?:giờ|h)\s*\d{0,2}\s*,?\s*)?(?:ngày\s+)?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
_MONTH = r"(?:(?:cuối|đầu|giữa)\s+)?(?:tháng\s+\d{1,2}|quý\s+(?:iv|i{1,3}|[1-4]))(?:\s*[/-]\s*\d{4}|(?:\s+năm)?\s+\d{4})?"
_BY = r"(?:xong |hoàn thành )?(?:trước|chậm nhất(?: là)?(?: vào| trong| trước)?|muộn nhất(?: là)?|đến hết|hết|hạn cuối(?: là)?)"
DEADLINE = re.compile(
    rf"(?<!\w)(?:{_BY}\s+(?:{_DAY}|{_MONTH})|(?:ngay )?(?:trong|vào)\s+(?:{_MONTH})|trong\s+(?:vòng|thời hạn)\s+\d{{1,3}}\s+(?:ngày|tuần|tháng)"
    rf"(?:\s+làm việc)?|(?:hoàn thành|xong)\s+(?:trong|trước)\s+(?:năm\s+\d{{4}}|{_DAY}))(?!\w)"
)
