// TensorFlow's status as a C++ exception.
#pragma once

#include <stdexcept>
#include <string>

#include "tensorflow/c/tf_status.h"

namespace overbatch {

class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;

  TF_Status* get() { return status_; }

  /** Throws "<what>: <TensorFlow's message>" unless all is well. */
  void Check(const std::string& what) const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(what + ": " + TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

}  // namespace overbatch
