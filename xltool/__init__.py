"""xltool collects statistics through locked, self-checking Excel workbooks."""

__version__ = "0.1.0"
