"""The twin of Agora: cloud transcoding, and the notifications about it."""
