"""Files as they come: what they really are, unpacked, opened, in what encoding and CRS."""
