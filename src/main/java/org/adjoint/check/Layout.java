package org.adjoint.check;

import java.util.List;
import java.util.stream.Collectors;

/** Inputs or outputs one after the other in one row of numbers. */
record Layout(List<Slot> slots) {

    Layout {
        slots = List.copyOf(slots);
    }

    static Layout of(Slot... slots) { return new Layout(List.of(slots)); }

    int count() { return slots.stream().mapToInt(Slot::count).sum(); }

    /** The name of the entry at this place of the row. */
    String entry(int place) {
        int rest = place;
        for (var slot : slots) {
            if (rest < slot.count()) {
                return slot.entry(rest);
            }
            rest -= slot.count();
        }
        return "entry " + place;
    }

    /** Where the slot begins. */
    int offset(int slot) {
        return slots.subList(0, slot).stream().mapToInt(Slot::count).sum();
    }

    boolean sameShapes(Layout other) {
        if (slots.size() != other.slots.size()) {
            return false;
        }
        for (int i = 0; i < slots.size(); i++) {
            if (!slots.get(i).hasSizes(other.slots.get(i).sizes())) {
                return false;
            }
        }
        return true;
    }

    Layout renamed(Layout names) {
        if (names.slots.size() != slots.size()) {
            return this;
        }
        var renamed = new Slot[slots.size()];
        for (int i = 0; i < renamed.length; i++) {
            renamed[i] = new Slot(names.slots.get(i).name(), slots.get(i).sizes());
        }
        return of(renamed);
    }

    @Override
    public String toString() { return slots.stream().map(Slot::toString).collect(Collectors.joining(", ")); }
}
