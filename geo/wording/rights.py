"""Words about who may write on the server."""

from __future__ import annotations

from geo.wording.language import Words

RIGHTS_WORDS = Words(
    "rights",
    {
        "reader": "reader",
        "writer": "writer",
        "reviewer": "reviewer",
        "refused": "Only a reader with the role of {role} may do this here. Nothing was changed.",
        "sign_in": "Sign in",
        "sign_out": "Sign out",
        "signed_in": "Signed in as {email}.",
        "by_command": "On this server readers change nothing. Whoever runs it imports files with "
        "this command, or opens the page on a local server (make run):",
    },
)
