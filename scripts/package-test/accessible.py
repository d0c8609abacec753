# What a screen reader would find on this desktop: role and name of everything, one a line. Given a name, it presses the
# button of that name, or whose name begins so.
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

wanted = sys.argv[1] if len(sys.argv) > 1 else None


def press(node):
    if "button" not in node.get_role_name() or not node.get_name().startswith(wanted):
        return
    if node.get_state_set().contains(Atspi.StateType.ENABLED):
        sys.exit(0 if Atspi.Action.do_action(node, 0) else 1)


def walk(node):
    try:
        if wanted:
            press(node)
        else:
            print(node.get_role_name(), node.get_name(), sep="\t")
        for at in range(min(node.get_child_count(), 500)):
            child = node.get_child_at_index(at)
            if child:
                walk(child)
    except Exception:
        pass


walk(Atspi.get_desktop(0))
sys.exit(1 if wanted else 0)
