from backpain_cli.lookup_commands import Form, Format, Plain
from backpain_cli.lookup_commands import _folder as local_folder

__all__ = ["Form", "Format", "Plain", "local_folder"]
