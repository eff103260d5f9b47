"""What holds for every request."""

from django.core.exceptions import BadRequest


def only_text_codecs(get_response):
    """A Content-Type may name a codec that Python knows but that is none for texts (`charset=base64`): reading it would end in an error."""

    def read(request):
        try:
            b"\x80".decode(request.encoding or "utf-8", "replace")
        except (LookupError, UnicodeError) as codec:
            raise BadRequest(f"no codec for texts: {request.encoding}") from codec
        return get_response(request)

    return read
