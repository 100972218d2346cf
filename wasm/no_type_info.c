/* SPDX-License-Identifier: MIT
 * Nothing in the page throws, catches or asks for a type. What libc++ was built with names these
 * tables all the same, and behind them stands the code that walks class hierarchies. */
void* _ZTVN10__cxxabiv117__class_type_infoE[8];
void* _ZTVN10__cxxabiv120__si_class_type_infoE[8];
void* _ZTVN10__cxxabiv121__vmi_class_type_infoE[8];
