# What a screen reader would find on this desktop: role and name of everything, one a line.
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi


def walk(node):
    try:
        print(node.get_role_name(), node.get_name(), sep="\t")
        for at in range(min(node.get_child_count(), 500)):
            child = node.get_child_at_index(at)
            if child:
                walk(child)
    except Exception:
        pass


walk(Atspi.get_desktop(0))
