"""What the API says of itself, in Vietnamese: its readers write programs for Vietnamese offices."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

TITLE = "Công Số: API của văn phòng số"
TEXT = """\
Mỗi đường dẫn gọi đúng lệnh và truy vấn mà trang web gọi, theo cùng quy tắc phân quyền: chương trình chỉ thấy và chỉ làm
được điều mà vị trí công tác của nó thấy và làm được trên trang web. Điều không được thấy thì trả lời 404.

**Đăng nhập.** Chương trình gửi `Authorization: Bearer <khóa API>`; khóa lập ở trang Khóa API của tài khoản, đi theo một
vị trí công tác và hết hiệu lực cùng vị trí ấy. Trình duyệt dùng phiên đăng nhập kèm `X-CSRFToken`.

**Ký số và đóng dấu không có ở đây.** Cả hai cần người đọc văn bản và nhập mã PIN trên trang web. Chương trình trình văn
bản, chờ chữ ký (`state` thành `signed`, rồi `sealed`), rồi làm bước tiếp theo.

**Gửi lại an toàn.** Mỗi việc nhận tiêu đề `Idempotency-Key` là một UUID: gửi lại cùng khóa thì việc chỉ làm một lần.

**Lỗi** theo RFC 9457, `application/problem+json`: `code` không đổi giữa các phiên bản, `detail` là câu tiếng Việt nói
điều gì xảy ra và cần làm gì; `errors` chỉ từng chỗ sai.

**Danh sách** trả `items` và `next`; gọi tiếp với `after` bằng `next` cho đến khi `next` là null.
"""
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
DOORS = {
    "ByToken": "Khóa API của một vị trí công tác.",
    "BySession": "Phiên đăng nhập của trình duyệt; việc làm thay đổi dữ liệu cần thêm tiêu đề `X-CSRFToken`.",
}
PDF = {"description": "OK", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


def completed(schema: OpenAPISchema) -> OpenAPISchema:
    """Add to the library's description what holds everywhere: problems, ways in, files."""
    schema["components"]["schemas"]["Problem"] = PROBLEM
    schema["components"]["responses"] = {
        "Problem": {
            "description": "Không làm được, và vì sao.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    }
    for name, text in DOORS.items():
        schema["components"]["securitySchemes"][name]["description"] = text
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            _complete(operation, is_file=path.endswith("/file"))
    return schema


def _complete(operation: dict[str, Any], *, is_file: bool) -> None:
    if is_file:
        operation["responses"] = {200: PDF}
    operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
