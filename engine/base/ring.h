// SPDX-License-Identifier: MIT
// A queue open at both ends, with elements by index: what std::deque is, in a fifth of its code. It
// grows by doubling, which moves its elements, and gives memory back only when it is cleared.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "engine/base/assert.h"

namespace vitrine {

// Expects: T is default-constructible and movable. A value that was taken out is reset at once.
template <typename T>
class Ring {
 public:
  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  T& operator[](size_t index) { return slots_[place(index)]; }
  const T& operator[](size_t index) const { return slots_[place(index)]; }
  T& front() { return (*this)[0]; }
  const T& front() const { return (*this)[0]; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  T& push_back(T value) {
    grow();
    ++size_;
    return back() = std::move(value);
  }
  T& push_front(T value) {
    grow();
    ++size_;
    first_ = place(slots_.size() - 1);
    return front() = std::move(value);
  }
  void pop_front() {
    VITRINE_ASSERT(size_ > 0);
    front() = T();
    first_ = place(1);
    --size_;
  }
  // Moves what stands before it or after it, whichever is less.
  void erase(size_t index) {
    VITRINE_ASSERT(index < size_);
    if (index < size_ / 2) {
      for (; index > 0; --index) (*this)[index] = std::move((*this)[index - 1]);
      return pop_front();
    }
    for (; index + 1 < size_; ++index) (*this)[index] = std::move((*this)[index + 1]);
    back() = T();
    --size_;
  }
  // Takes out those of the first `count` that `drop`, asked from the last of them to the first.
  // What stays is moved once at most.
  template <typename Drop>
  void erase_if(size_t count, Drop drop) {
    VITRINE_ASSERT(count <= size_);
    size_t place = count;
    while (count-- > 0) {
      if (drop((*this)[count])) continue;
      if (--place != count) (*this)[place] = std::move((*this)[count]);
    }
    for (; place > 0; --place) pop_front();
  }
  void clear() {
    slots_ = std::vector<T>();
    first_ = size_ = 0;
  }

  template <typename Of>
  class Iterator {
   public:
    Iterator(Of& ring, size_t index) : ring_(&ring), index_(index) {}
    auto& operator*() const { return (*ring_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    Of* ring_;
    size_t index_;
  };
  auto begin() { return Iterator<Ring>(*this, 0); }
  auto end() { return Iterator<Ring>(*this, size_); }
  auto begin() const { return Iterator<const Ring>(*this, 0); }
  auto end() const { return Iterator<const Ring>(*this, size_); }

 private:
  size_t place(size_t index) const { return (first_ + index) & (slots_.size() - 1); }
  void grow() {
    if (size_ < slots_.size()) return;
    std::vector<T> wider(size_ == 0 ? 8 : size_ * 2);
    for (size_t i = 0; i < size_; ++i) wider[i] = std::move((*this)[i]);
    slots_ = std::move(wider);
    first_ = 0;
  }

  std::vector<T> slots_;  // none, or a power of two
  size_t first_ = 0;
  size_t size_ = 0;
};

}  // namespace vitrine
